"""What every archive must do, whatever engine answers."""
