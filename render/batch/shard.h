/* Which shard a report belongs to, without the shards talking to each other. */
#ifndef BX_SHARD_H
#define BX_SHARD_H

/* SHA-256 of the key, as one large number, modulo count. Needs   count > 0. */
int bx_shard_of(const char *key, int count);

#endif
