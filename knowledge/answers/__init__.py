"""Articles, glossary and the engine that finds the right one."""
