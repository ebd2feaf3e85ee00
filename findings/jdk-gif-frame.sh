#!/usr/bin/env bash
# JDK 17 and 25: ImageIO.read of a GIF gives the first frame, not the picture: where the frame covers a part of the canvas only,
# the image has the frame's size. Here the canvas is 4 x 4 and the frame 2 x 1.
. "$(dirname "$0")/run-java.sh"
seen 'canvas 4 x 4, ImageIO.read gives 2 x 1' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
byte[] gif = {'G', 'I', 'F', '8', '9', 'a', 4, 0, 4, 0, (byte) 0x80, 0, 0, 0, 0, 0, (byte) 255, (byte) 255, (byte) 255,
    0x2c, 1, 0, 1, 0, 2, 0, 1, 0, 0, 2, 2, 0x44, 0x0a, 0, 0x3b};
BufferedImage image = ImageIO.read(new ByteArrayInputStream(gif));
say("canvas " + gif[6] + " x " + gif[8] + ", ImageIO.read gives " + image.getWidth() + " x " + image.getHeight());
JAVA
