package org.guidedmixup.bench.model.batchnorm;

import org.nd4j.linalg.api.ops.OpContext;

/** An op computed by Java on the host instead of by a kernel of ND4J's backend. Only a {@link HostSession} can run it. */
public interface HostOp {

    /**
     * Computes the outputs from the inputs.
     *
     * @param context inputs (not modified) and allocated outputs (modified)
     */
    void execute(OpContext context);
}
