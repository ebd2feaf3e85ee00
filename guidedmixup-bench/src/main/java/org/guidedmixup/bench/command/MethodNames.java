package org.guidedmixup.bench.command;

import java.util.Iterator;
import org.guidedmixup.bench.mixing.MixingMethod;

/** The methods that {@code --method} accepts, for help texts. */
final class MethodNames implements Iterable<String> {
    /** Use with this class as completion candidates. */
    static final String HELP =
            "${COMPLETION-CANDIDATES}; +greedy or +random after a name changes how partners are chosen, "
                    + "+augmix augments the images by AugMix first, as in guided-sr+augmix.";

    @Override
    public Iterator<String> iterator() {
        return MixingMethod.names().iterator();
    }
}
