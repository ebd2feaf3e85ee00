package org.guidedmixup.internal;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of one step's temporary arrays: a workspace of the calling thread that is reused from batch to batch, so
 * that temporaries neither wait for the garbage collector nor leak into a workspace of the caller.
 */
public final class Scratch {
    private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(0)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policySpill(SpillPolicy.REALLOCATE)
            .build();

    private static final String PREFIX = "GUIDEDMIXUP_";

    private Scratch() {}

    /**
     * Opens the workspace of one step. What is to outlive it must be detached, or be created before it is opened.
     *
     * @param step a name for the step; steps that can be open at the same time need different names
     * @return the open workspace, to be closed by the caller
     */
    public static MemoryWorkspace open(Class<?> step) {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, PREFIX + step.getSimpleName());
    }

    /**
     * Frees what steps keep for the calling thread. For threads that are about to end: left to the garbage collector, which
     * sees nothing of its size, this memory piles up.
     */
    public static void releaseThread() {
        MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
        for (MemoryWorkspace workspace : workspaces.getAllWorkspacesForCurrentThread()) {
            String id = workspace.getId();
            // In ND4J's DebugMode.BYPASS_EVERYTHING workspaces have no name, and nothing to free.
            if (id != null && id.startsWith(PREFIX) && !workspace.isScopeActive()) {
                workspaces.destroyWorkspace(workspace);
            }
        }
    }
}
