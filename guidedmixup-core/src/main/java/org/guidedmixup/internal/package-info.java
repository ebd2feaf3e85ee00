/** What the operations share and users have no need of: scratch memory, views, products, types. Not API; can change at any time. */
package org.guidedmixup.internal;
