package org.guidedmixup.dl4j;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The thread that reads batches ahead. Deeplearning4j starts a new one for every epoch, and the workspaces in which mixing
 * keeps its temporaries belong to their thread.
 */
final class ReadingThread {
    private static final String PREFIX = "GUIDEDMIXUP_";

    private ReadingThread() {}

    /**
     * Frees what mixing keeps for the calling thread. Left to the garbage collector, which sees none of its size, it piles up
     * over epochs: Guided-SR on 64 x 3 x 64 x 64 keeps 110 MB a thread.
     */
    static void freeWorkspaces() {
        MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
        for (MemoryWorkspace workspace : workspaces.getAllWorkspacesForCurrentThread()) {
            if (workspace.getId().startsWith(PREFIX) && !workspace.isScopeActive()) {
                workspaces.destroyWorkspace(workspace);
            }
        }
    }
}
