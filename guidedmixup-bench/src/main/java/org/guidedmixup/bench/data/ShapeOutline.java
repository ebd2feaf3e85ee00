package org.guidedmixup.bench.data;

import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/** The ten classes of the embedded data, in alphabetical order. */
enum ShapeOutline {
    ARROW,
    CRESCENT,
    CROSS,
    DISC,
    HEART,
    HOUSE,
    RING,
    SQUARE,
    STAR,
    TRIANGLE;

    private static final double[] ARROW_CORNERS = {
        -1, -0.28, 0.05, -0.28, 0.05, -0.75, 1, 0, 0.05, 0.75, 0.05, 0.28, -1, 0.28
    };
    private static final double[] CROSS_CORNERS = {
        -0.3, -0.95, 0.3, -0.95, 0.3, -0.3, 0.95, -0.3, 0.95, 0.3, 0.3, 0.3, 0.3, 0.95, -0.3, 0.95, -0.3, 0.3, -0.95,
        0.3, -0.95, -0.3, -0.3, -0.3
    };
    private static final double[] HOUSE_CORNERS = {
        -0.95, -0.1, 0, -1, 0.95, -0.1, 0.7, -0.1, 0.7, 0.85, -0.7, 0.85, -0.7, -0.1
    };

    /** {@return the outline around the origin, within about 1 of it; y points down} */
    Shape outline() {
        return switch (this) {
            case ARROW -> polygon(ARROW_CORNERS);
            case CRESCENT -> minus(disc(0, 0, 1), disc(0.45, 0, 0.8));
            case CROSS -> polygon(CROSS_CORNERS);
            case DISC -> disc(0, 0, 0.88);
            case HEART -> heart();
            case HOUSE -> minus(polygon(HOUSE_CORNERS), new Rectangle2D.Double(-0.2, 0.2, 0.4, 0.65));
            case RING -> minus(disc(0, 0, 0.95), disc(0, 0, 0.5));
            case SQUARE -> new Rectangle2D.Double(-0.8, -0.8, 1.6, 1.6);
            case STAR -> star(5, 1.05, 0.45);
            case TRIANGLE -> polygon(0, -1, 0.95, 0.7, -0.95, 0.7);
        };
    }

    /** {@return the class name, such as "arrow"} */
    String className() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Shape disc(double x, double y, double radius) {
        return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }

    private static Shape minus(Shape whole, Shape hole) {
        Area area = new Area(whole);
        area.subtract(new Area(hole));
        return area;
    }

    private static Shape polygon(double... coordinates) {
        Path2D path = new Path2D.Double();
        path.moveTo(coordinates[0], coordinates[1]);
        for (int i = 2; i < coordinates.length; i += 2) {
            path.lineTo(coordinates[i], coordinates[i + 1]);
        }
        path.closePath();
        return path;
    }

    private static Shape star(int points, double outer, double inner) {
        double[] coordinates = new double[4 * points];
        for (int i = 0; i < 2 * points; i++) {
            double radius = i % 2 == 0 ? outer : inner;
            double angle = Math.PI * i / points - Math.PI / 2;
            coordinates[2 * i] = radius * Math.cos(angle);
            coordinates[2 * i + 1] = radius * Math.sin(angle);
        }
        return polygon(coordinates);
    }

    private static Shape heart() {
        Path2D path = new Path2D.Double();
        path.moveTo(0, 0.95);
        path.curveTo(-0.45, 0.5, -1.05, 0.15, -1.05, -0.35);
        path.curveTo(-1.05, -1.0, -0.2, -1.05, 0, -0.4);
        path.curveTo(0.2, -1.05, 1.05, -1.0, 1.05, -0.35);
        path.curveTo(1.05, 0.15, 0.45, 0.5, 0, 0.95);
        path.closePath();
        return path;
    }
}
