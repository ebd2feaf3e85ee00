package org.guidedmixup.dl4j.picture;

/** Colours for numbers from 0 to 1: straight lines between a few colours. */
public final class ColorMap {
    /** Dark violet over red to light yellow, with growing brightness; for saliency. */
    public static final ColorMap HEAT =
            new ColorMap(0x000004, 0x2C105C, 0x711F81, 0xB63679, 0xEE605E, 0xFDAE78, 0xFCFDBF);

    /** Blue for the target's share over light grey to orange for the source's; for masks. */
    public static final ColorMap SHARE = new ColorMap(0x1F6FC4, 0x8DB9E3, 0xEEEEEE, 0xF4B183, 0xD95F0E);

    private final int[] colors;

    private ColorMap(int... colors) {
        this.colors = colors;
    }

    /**
     * The colour of a number.
     *
     * @param value 0 to 1; what lies outside is moved to the nearer end, NaN to 0
     * @return 0xRRGGBB
     */
    public int rgb(double value) {
        double position = Math.max(0, Math.min(1, Double.isNaN(value) ? 0 : value)) * (colors.length - 1);
        int low = Math.min((int) position, colors.length - 2);
        double share = position - low;
        return between(colors[low], colors[low + 1], share, 16)
                | between(colors[low], colors[low + 1], share, 8)
                | between(colors[low], colors[low + 1], share, 0);
    }

    private static int between(int from, int to, double share, int shift) {
        int start = (from >> shift) & 0xFF;
        int end = (to >> shift) & 0xFF;
        return (int) Math.round(start + (end - start) * share) << shift;
    }
}
