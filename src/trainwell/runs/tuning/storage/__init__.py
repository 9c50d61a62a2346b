"""The study of a search in a database that several processes may share."""
