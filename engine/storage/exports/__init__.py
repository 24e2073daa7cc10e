"""What of a run can be taken along, each as the bytes of a file of its own."""
