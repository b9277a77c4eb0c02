"""Result tables and figures as files: draws and writes, computes nothing."""
