"""What a frame of the law is written with: dated editions, arguments, arithmetic, steps, and what runs them."""
