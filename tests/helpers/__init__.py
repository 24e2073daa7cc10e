"""What tests share: clients, sessions, runs and terminals to test with. There are no tests in here."""
