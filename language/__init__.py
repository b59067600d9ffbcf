"""What several rooms need to know about text: words, stems, sentences, answer types, hard facts."""
