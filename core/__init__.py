"""What every room shares: values, errors, seams, settings, trace. Imports nothing else of ours."""
