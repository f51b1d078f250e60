"""Pictures made safe: what stands in them is read, boxed, and the pixels are written anew."""
