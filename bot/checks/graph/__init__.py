"""The flows as pictures: what there is to draw, its layout, and Mermaid, SVG and one web page of it."""
