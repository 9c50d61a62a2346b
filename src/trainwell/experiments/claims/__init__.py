"""The claims of the lectures: one file each, which reads as its own explanation."""
