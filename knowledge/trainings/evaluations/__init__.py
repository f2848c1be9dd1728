"""What those who came thought of a training, without anybody knowing who said what."""
