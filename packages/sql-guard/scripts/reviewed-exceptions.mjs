/**
 * What a person decided about pg_catalog, beyond what the catalog itself says.
 * The generator first keeps the functions that PostgreSQL marks immutable or stable, that run with the caller's rights,
 * that PUBLIC may execute, and that are not I/O or support routines. Then these lists apply, in this order: `refused`, `added`.
 * Every pattern is matched against the whole function name.
 */
export const refusedFunctions = [
  [/^pg_(?!typeof$|size_pretty$|size_bytes$|collation_for$|column_size$).*/, 'server administration, statistics, catalog text or session state'],
  [/^(txid|mxid)_.*/, 'transaction state; some calls assign a transaction id'],
  [/^has_.*|^row_security_active$|^acl.*|^makeaclitem$/, 'reveals privileges'],
  [/^(database|schema|table|query|cursor)_to_xml.*/, 'runs SQL or reads relations named in a string'],
  [/^ts_(rewrite|stat)$/, 'runs SQL held in a string'],
  [/^ts_(parse|token_type|debug|lexize)$/, 'takes dictionaries and parsers by name'],
  [/^(reg(class|collation|config|dictionary|namespace|oper|operator|proc|procedure|role|type).*|to_reg.*|.*oidvector.*|oid|xid|cid|nameconcatoid|format_type)$/, 'looks catalog objects up by name'],
  [/^(col_|obj_|shobj_)?description$|^querytree$/, 'reads the catalog'],
  [/^(current_(database|schema|schemas|setting|user|query|role|catalog)|session_user|system_user|user|getpgusername|getdatabaseencoding|get_current_ts_config|version|icu_unicode_version|unicode_version)$/, 'reveals the session or the server'],
  [/^inet_(client|server)_.*/, 'reveals the network'],
  [/.*(_send|send|recv|typmodin|typmodout|_canonical|_subdiff|_validator|_handler)$/, 'type support routine'],
  [/^(currtid2?|currval|lastval|nextval|setval|setseed|set_config|lo_.*|loread|lowrite)$/, 'session or stored state'],
  [/^(binary_upgrade|brin|gin|gist|spg|hash|bt(?!rim)|amvalidate|fmgr|satisfies_hash|numeric_(exp|inc|ln|log|sqrt)|int[48]_?inc|int8_sum|dexp|dlog|dround|dtrunc|textlen|is_json).*/, 'internal routine'],
  [/^(bit|varbit|bpchar|varchar)$/, 'length coercion as a call: pads to any length asked for'],
  [/^xmlvalidate$|^(jsonpath|void|unknown|anyarray|anycompatiblearray|enum|array|range|multirange|record|cash|money)_?(send|recv|in|out)$/, 'internal routine'],
];

/** Volatile or otherwise filtered functions that only compute, and that analysts use. */
export const addedFunctions = {
  random: 'reads no data; advances only the session random state',
  random_normal: 'as random()',
  gen_random_uuid: 'reads no data',
  uuidv4: 'reads no data',
  uuidv7: 'reads no data',
  array_sample: 'as random()',
  array_shuffle: 'as random()',
  clock_timestamp: 'reads the clock',
  timeofday: 'reads the clock',
  array_cat: 'documented form of ||',
  starts_with: 'documented form of ^@',
  isempty: 'range predicate',
  range_merge: 'range function',
  inet_merge: 'network function',
  inet_same_family: 'network function',
  like_escape: 'emitted by the grammar for LIKE .. ESCAPE',
  similar_to_escape: 'emitted by the grammar for SIMILAR TO',
  is_normalized: 'emitted by the grammar for IS NORMALIZED',
  normalize: 'emitted by the grammar for NORMALIZE()',
  xmlexists: 'emitted by the grammar for XMLEXISTS',
  hashtext: 'documented by use for sampling; immutable',
  bit_xor: 'aggregate',
};

/** pg_catalog types that a cast may name are the ordinary scalar, range and multirange types, minus these. */
export const refusedTypes = [
  [/^reg.*/, 'a cast to it looks a catalog object up by name'],
  [/^(pg_.*|_.*|aclitem|cid|xid|xid8|tid|oid|oidvector|int2vector|gtsvector|refcursor|txid_snapshot|char|cstring|unknown)$/, 'internal type'],
];
