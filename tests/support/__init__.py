"""What tests share: an archive to make, a screen to read, a terminal to run in."""
