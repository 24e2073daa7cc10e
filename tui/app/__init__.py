"""The application: a session, the screens and the ways out."""
