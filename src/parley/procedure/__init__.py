"""How officers speak: fixed phrases equal in every language, and the guard that flags what could be misread."""
