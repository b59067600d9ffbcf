"""A causal language model in this process, from a folder of weights; the extra `local`."""
