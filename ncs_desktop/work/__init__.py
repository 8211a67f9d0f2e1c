"""What a person does, each use case one function that window and command line both call."""
