"""What Parley is compared with: bare servers, and the most that databases and brokers give."""
