package org.guidedmixup.bench.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Levels too many: a folder that holds nothing but one folder, which may do so again.
 *
 * @param chain that folder and those below it; the last one holds several folders, or images
 */
record SingleFolders(List<ClassFolder> chain) {
    static SingleFolders from(ClassFolder only) {
        List<ClassFolder> chain = new ArrayList<>(List.of(only));
        ClassFolder last = only;
        while (last.isNested() && last.subfolders().size() == 1) {
            last = ClassFolder.of(last.folder().resolve(last.subfolders().first()));
            chain.add(last);
        }
        return new SingleFolders(List.copyOf(chain));
    }

    private ClassFolder last() {
        return chain.get(chain.size() - 1);
    }

    /** Returns the last folder, which should perhaps be the data folder. */
    Path folder() {
        return last().folder();
    }

    /** Returns the folders in the last one, none if it holds images itself. */
    List<String> below() {
        return last().isNested() ? List.copyOf(last().subfolders()) : List.of();
    }

    /** Returns how the folders lead to each other, such as {@code 'data', which holds a single folder, 'cub'}. */
    String described() {
        return chain.stream()
                .map(folder -> "'" + folder.name() + "'")
                .collect(Collectors.joining(", which holds a single folder, "));
    }
}
