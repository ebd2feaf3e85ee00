package org.guidedmixup.bench.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The purpose of a folder by its name, in upper or lower case. */
enum SplitName {
    TRAIN,
    TEST,
    VALIDATION;

    /** {@return the split that a folder's name stands for, if any} */
    static Optional<SplitName> of(Path folder) {
        return of(folder.getFileName().toString());
    }

    /** {@return the split that a name stands for, if any} */
    static Optional<SplitName> of(String folderName) {
        return switch (folderName.toLowerCase(Locale.ROOT)) {
            case "train", "training" -> Optional.of(TRAIN);
            case "test", "testing" -> Optional.of(TEST);
            case "val", "valid", "validation", "dev" -> Optional.of(VALIDATION);
            default -> Optional.empty();
        };
    }
}
