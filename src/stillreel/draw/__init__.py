"""The pencil: figures, animals, props, sets, light, lens, and the looks that paint them."""
