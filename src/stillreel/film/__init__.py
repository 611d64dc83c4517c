"""Stage 4: clips become a film, with titles, sound, subtitles, timeline files and a report."""
