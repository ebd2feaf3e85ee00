/**
 * Shared by the operations and not needed by users: argument checks, scratch memory, views, matrix products, types. Not API;
 * can change at any time.
 */
package org.guidedmixup.internal;
