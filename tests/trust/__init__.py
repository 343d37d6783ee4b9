"""What must hold when things go wrong: kills, damage, sizes."""
