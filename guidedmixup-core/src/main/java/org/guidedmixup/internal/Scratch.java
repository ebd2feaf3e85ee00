package org.guidedmixup.internal;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The memory of one step's temporary arrays: a workspace of the calling thread, reused for every batch, so that temporaries
 * neither wait for the garbage collector nor leak into a workspace of the caller.
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
     * Opens the workspace of one step. Arrays that must outlive it have to be detached, or created before it is opened.
     *
     * @param step a name for the step; steps that can be open at the same time need different names
     * @return the open workspace, to be closed by the caller
     */
    public static MemoryWorkspace open(Class<?> step) {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, PREFIX + step.getSimpleName());
    }

    /**
     * Frees the workspaces of the calling thread. Call it before a thread ends: the garbage collector does not see the size of
     * this memory, so it would accumulate.
     */
    public static void releaseThread() {
        MemoryWorkspaceManager workspaces = Nd4j.getWorkspaceManager();
        for (MemoryWorkspace workspace : workspaces.getAllWorkspacesForCurrentThread()) {
            String id = workspace.getId();
            // In ND4J's DebugMode.BYPASS_EVERYTHING workspaces have no name and hold no memory.
            if (id != null && id.startsWith(PREFIX) && !workspace.isScopeActive()) {
                workspaces.destroyWorkspace(workspace);
            }
        }
    }
}
