#!/usr/bin/env bash
# JDK 17 and 25: BufferedImage.getRGB of a grey image takes its samples as linear light and brightens them: a PNG's grey 128 is
# read as 188. The raster, and the same image drawn into one of TYPE_INT_RGB, say 128.
. "$(dirname "$0")/run-java.sh"
seen 'sample of the raster: 128
getRGB: bcbcbc
getRGB of the drawn copy: 808080' <<'JAVA'
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import javax.imageio.ImageIO;
BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
grey.getRaster().setSample(0, 0, 0, 128);
ByteArrayOutputStream png = new ByteArrayOutputStream();
ImageIO.write(grey, "png", png);
BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
BufferedImage drawn = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
drawn.createGraphics().drawImage(read, 0, 0, null);
say("sample of the raster: " + read.getRaster().getSample(0, 0, 0));
say("getRGB: " + Integer.toHexString(read.getRGB(0, 0) & 0xffffff));
say("getRGB of the drawn copy: " + Integer.toHexString(drawn.getRGB(0, 0) & 0xffffff));
JAVA
