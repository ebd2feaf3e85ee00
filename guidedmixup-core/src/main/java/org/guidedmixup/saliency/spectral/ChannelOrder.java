package org.guidedmixup.saliency.spectral;

/** How the three channels of a colour image follow each other. */
public enum ChannelOrder {
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red: what DataVec's NativeImageLoader and ImageRecordReader, and OpenCV, read. */
    BGR
}
