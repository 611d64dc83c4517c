"""stillreel: story to finished short film, still first."""
