package org.guidedmixup.bench.command;

import java.util.Iterator;
import org.guidedmixup.bench.mixing.MixingMethod;

/** The methods that {@code --method} takes, for help texts. */
final class MethodNames implements Iterable<String> {
    /** To be used with this class as completion candidates. */
    static final String HELP =
            "${COMPLETION-CANDIDATES}; +greedy and +random behind a name choose partners in another way, "
                    + "+augmix mixes AugMix images, as in guided-sr+augmix.";

    @Override
    public Iterator<String> iterator() {
        return MixingMethod.names().iterator();
    }
}
