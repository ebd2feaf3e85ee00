package org.guidedmixup;

import org.nd4j.linalg.api.memory.MemoryWorkspace;
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

    private Scratch() {}

    /**
     * Opens the workspace of one step. What is to outlive it must be detached, or be created before it is opened.
     *
     * @param step a name for the step; steps that can be open at the same time need different names
     * @return the open workspace, to be closed by the caller
     */
    public static MemoryWorkspace open(Class<?> step) {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "GUIDEDMIXUP_" + step.getSimpleName());
    }
}
