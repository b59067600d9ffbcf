"""Many questions over many documents."""
