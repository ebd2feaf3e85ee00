package org.guidedmixup.bench.data;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * Draws one picture: an object of a class on a textured background among blobs and strokes that belong to no class, one
 * of which may lie across the object. Lengths are in sides of the picture, so that any size shows the same scene.
 */
final class ShapeScene {
    private static final int MIN_CLUTTER = 1;
    private static final int MAX_CLUTTER = 4;

    private final SplittableRandom random;
    private final int side;
    private final BufferedImage canvas;

    /**
     * Prepares a scene.
     *
     * @param side height and width in pixels
     * @param random all the scene's numbers are drawn from it
     */
    ShapeScene(int side, SplittableRandom random) {
        this.side = side;
        this.random = random;
        this.canvas = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    }

    /**
     * {@return [3, side, side] unsigned bytes}
     *
     * @param shape what to draw
     */
    byte[] draw(ShapeOutline shape) {
        ShapeTexture.background(canvas, random);
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(side, side);
        int clutter = random.nextInt(MIN_CLUTTER, MAX_CLUTTER + 1);
        for (int i = 0; i < clutter; i++) {
            clutter(graphics);
        }
        object(graphics, shape.outline());
        if (random.nextDouble() < 0.3) {
            stroke(graphics, between(0.02, 0.05));
        }
        graphics.dispose();
        return ShapeTexture.noisyPlanes(canvas, random);
    }

    private void object(Graphics2D graphics, Shape outline) {
        double radius = between(0.24, 0.42);
        double x = between(radius, 1 - radius);
        double y = between(radius, 1 - radius);
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(between(-0.5, 0.5));
        place.scale(radius * between(0.8, 1.1), radius * between(0.8, 1.1));
        Shape shape = place.createTransformedShape(outline);

        Color color = contrasting(x, y, radius);
        Color other = shifted(color, 40);
        graphics.setPaint(
                new GradientPaint(point(x - radius, y - radius), color, point(x + radius, y + radius), other));
        graphics.fill(shape);
        if (random.nextDouble() < 0.3) {
            graphics.setPaint(shifted(color, 120));
            graphics.setStroke(new BasicStroke(0.025f));
            graphics.draw(shape);
        }
    }

    private void clutter(Graphics2D graphics) {
        graphics.setPaint(mutedColor());
        switch (random.nextInt(3)) {
            case 0 -> stroke(graphics, between(0.02, 0.06));
            case 1 -> blob(graphics);
            default -> bar(graphics);
        }
    }

    private void stroke(Graphics2D graphics, double width) {
        graphics.setPaint(mutedColor());
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(new CubicCurve2D.Double(
                between(-0.1, 1.1), between(-0.1, 1.1),
                between(0, 1), between(0, 1),
                between(0, 1), between(0, 1),
                between(-0.1, 1.1), between(-0.1, 1.1)));
    }

    /** Draws a closed curve through uneven radii: smooth, but neither a disc nor a heart. */
    private void blob(Graphics2D graphics) {
        double x = between(0, 1);
        double y = between(0, 1);
        int points = 5 + random.nextInt(4);
        Point2D[] corners = new Point2D[points];
        for (int i = 0; i < points; i++) {
            double angle = 2 * Math.PI * i / points;
            double radius = between(0.04, 0.18);
            corners[i] = new Point2D.Double(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
        }
        Path2D path = new Path2D.Double();
        Point2D start = middle(corners[points - 1], corners[0]);
        path.moveTo(start.getX(), start.getY());
        for (int i = 0; i < points; i++) {
            Point2D end = middle(corners[i], corners[(i + 1) % points]);
            path.quadTo(corners[i].getX(), corners[i].getY(), end.getX(), end.getY());
        }
        graphics.fill(path);
    }

    private void bar(Graphics2D graphics) {
        AffineTransform place = AffineTransform.getTranslateInstance(between(0, 1), between(0, 1));
        place.rotate(between(0, Math.PI));
        double length = between(0.25, 0.8);
        double width = between(0.03, 0.12);
        graphics.fill(place.createTransformedShape(new Rectangle2D.Double(-length / 2, -width / 2, length, width)));
    }

    /** Returns a colour that differs from the mean under the object, so that a person can still see the object. */
    private Color contrasting(double x, double y, double radius) {
        double[] mean = new double[3];
        int count = 0;
        for (int py = pixel(y - radius); py <= pixel(y + radius); py++) {
            for (int px = pixel(x - radius); px <= pixel(x + radius); px++) {
                Color color = new Color(canvas.getRGB(px, py));
                mean[0] += color.getRed();
                mean[1] += color.getGreen();
                mean[2] += color.getBlue();
                count++;
            }
        }
        Color best = vividColor();
        for (int tries = 0; tries < 20; tries++) {
            double red = best.getRed() - mean[0] / count;
            double green = best.getGreen() - mean[1] / count;
            double blue = best.getBlue() - mean[2] / count;
            if (red * red + green * green + blue * blue > 110 * 110) {
                return best;
            }
            best = vividColor();
        }
        return best;
    }

    private int pixel(double position) {
        return Math.max(0, Math.min(side - 1, (int) (position * side)));
    }

    /** Returns a colour for clutter, no stronger than the background's, so that the object stands out. */
    private Color mutedColor() {
        return new Color(random.nextInt(50, 206), random.nextInt(50, 206), random.nextInt(50, 206));
    }

    private Color vividColor() {
        return Color.getHSBColor((float) random.nextDouble(), (float) between(0.6, 1), (float) between(0.5, 1));
    }

    private Color shifted(Color color, int reach) {
        return new Color(
                shifted(color.getRed(), reach), shifted(color.getGreen(), reach), shifted(color.getBlue(), reach));
    }

    private int shifted(int value, int reach) {
        return Math.max(0, Math.min(255, value + random.nextInt(-reach, reach + 1)));
    }

    private double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    private static Point2D point(double x, double y) {
        return new Point2D.Double(x, y);
    }

    private static Point2D middle(Point2D a, Point2D b) {
        return point((a.getX() + b.getX()) / 2, (a.getY() + b.getY()) / 2);
    }
}
