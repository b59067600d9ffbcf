"""What can be measured without a language model, and how: sets, scores, statistics, and a simulated reader."""
