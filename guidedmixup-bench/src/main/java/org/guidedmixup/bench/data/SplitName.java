package org.guidedmixup.bench.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What a folder is for by its name, in any case. */
enum SplitName {
    TRAIN,
    TEST,
    VALIDATION;

    /** {@return the split that a folder's name says, if it says one} */
    static Optional<SplitName> of(Path folder) {
        return of(folder.getFileName().toString());
    }

    /** {@return the split that a name says, if it says one} */
    static Optional<SplitName> of(String folderName) {
        return switch (folderName.toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Optional.of(TRAIN);
            case "test", "testing" -> Optional.of(TEST);
            case "val", "valid", "validation", "dev" -> Optional.of(VALIDATION);
            default -> Optional.empty();
        };
    }
}
