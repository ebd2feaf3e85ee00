package org.guidedmixup.saliency.spectral;

/** The order of the three channels of a colour image. */
public enum ChannelOrder {
    /** Red, green, blue. */
    RGB,
    /** Blue, green, red: what DataVec's NativeImageLoader and ImageRecordReader, and OpenCV, read. */
    BGR
}
