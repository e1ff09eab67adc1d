import { words } from './catalog.js';

export type ExtensionName = 'postgis' | 'pgvector' | 'pg_trgm';

/** What an extension adds to the allowlists; reviewed by hand, reading functions only. */
export interface ExtensionPreset {
  readonly functions: ReadonlySet<string>;
  /** Columns of those that return rows; the others return one value. */
  readonly outputColumns: Readonly<Record<string, readonly string[]>>;
  readonly operators: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
}

/**
 * PostGIS 3: constructors, accessors, predicates, measurements and processing of geometry and geography.
 * Left out: anything that writes (`AddGeometryColumn`, `UpdateGeometrySRID`, `Populate_*`), takes a table or SQL by name
 * (`ST_EstimatedExtent`, `Find_SRID`, `ST_FromGDALRaster`), reads files, or belongs to long transactions.
 */
const postgis: ExtensionPreset = {
  functions: words(
    'geometry geography box2d box3d st_3ddistance st_3ddwithin st_3dintersects st_3dlength st_3dperimeter st_addpoint st_affine st_area st_asbinary st_asencodedpolyline st_asewkb st_asewkt st_asgeojson st_asgml st_askml st_aslatlontext st_asmvtgeom st_assvg st_astext st_aswkb st_azimuth st_boundary st_boundingdiagonal st_buffer st_buildarea st_centroid st_chaikinsmoothing st_closestpoint st_clusterdbscan st_clusterintersecting st_clusterkmeans st_clusterwithin st_collect st_collectionextract st_collectionhomogenize st_concavehull st_contains st_containsproperly st_convexhull st_coorddim st_coveredby st_covers st_crosses st_curvetoline st_delaunaytriangles st_difference st_dimension st_disjoint st_distance st_distancesphere st_distancespheroid st_dump st_dumppoints st_dumprings st_dumpsegments st_dwithin st_endpoint st_envelope st_equals st_expand st_extent st_exteriorring st_flipcoordinates st_force2d st_force3d st_forcepolygonccw st_forcepolygoncw st_frechetdistance st_generatepoints st_geogfromtext st_geogfromwkb st_geographyfromtext st_geohash st_geomcollfromtext st_geometricmedian st_geometryfromtext st_geometryn st_geometrytype st_geomfromewkb st_geomfromewkt st_geomfromgeohash st_geomfromgeojson st_geomfromgml st_geomfromkml st_geomfromtext st_geomfromwkb st_hasarc st_hausdorffdistance st_hexagongrid st_interiorringn st_intersection st_intersects st_isclosed st_iscollection st_isempty st_ispolygonccw st_ispolygoncw st_isring st_issimple st_isvalid st_isvalidreason st_length st_length2d st_lengthspheroid st_linecrossingdirection st_linefromtext st_lineinterpolatepoint st_linelocatepoint st_linemerge st_linesubstring st_linetocurve st_longestline st_m st_makebox2d st_makeenvelope st_makeline st_makepoint st_makepointm st_makepolygon st_makevalid st_maxdistance st_maximuminscribedcircle st_minimumboundingcircle st_minimumboundingradius st_minimumclearance st_mlinefromtext st_mpointfromtext st_mpolyfromtext st_multi st_ndims st_node st_normalize st_npoints st_nrings st_numgeometries st_numinteriorrings st_numpoints st_offsetcurve st_orderingequals st_orientedenvelope st_overlaps st_perimeter st_point st_pointfromgeohash st_pointfromtext st_pointn st_pointonsurface st_points st_polygon st_polygonfromtext st_polygonize st_project st_quantizecoordinates st_reduceprecision st_relate st_removepoint st_removerepeatedpoints st_reverse st_rotate st_rotatex st_rotatey st_rotatez st_scale st_segmentize st_setpoint st_setsrid st_sharedpaths st_shortestline st_simplify st_simplifypreservetopology st_simplifyvw st_snap st_snaptogrid st_split st_square st_squaregrid st_srid st_startpoint st_subdivide st_summary st_swapordinates st_symdifference st_tileenvelope st_touches st_transform st_translate st_transscale st_triangulatepolygon st_unaryunion st_union st_voronoilines st_voronoipolygons st_within st_wkttosql st_wrapx st_x st_xmax st_xmin st_y st_ymax st_ymin st_z st_zmax st_zmflag st_zmin',
  ),
  outputColumns: {
    st_dump: ['path', 'geom'], st_dumppoints: ['path', 'geom'], st_dumprings: ['path', 'geom'], st_dumpsegments: ['path', 'geom'],
    st_hexagongrid: ['geom', 'i', 'j'], st_squaregrid: ['geom', 'i', 'j'],
    st_maximuminscribedcircle: ['center', 'nearest', 'radius'], st_minimumboundingradius: ['center', 'radius'],
  },
  operators: words('&& &&& &< &<| &> << <<| = >> @ @@ |&> |>> ~ ~= ~~ ~~= <-> <#> <<->> <<#>> |=| <<<->>>'),
  types: words('geometry geography box2d box3d'),
};

/** pgvector 0.8: distance functions and operators, vector arithmetic and aggregates. */
const pgvector: ExtensionPreset = {
  functions: words('vector halfvec sparsevec cosine_distance inner_product l1_distance l2_distance l2_norm l2_normalize hamming_distance jaccard_distance vector_dims vector_norm binary_quantize subvector avg sum'),
  outputColumns: {},
  operators: words('<-> <#> <=> <+> <~> <%> + - * || = <> < <= > >='),
  types: words('vector halfvec sparsevec'),
};

/** pg_trgm 1.6: similarity; `set_limit` and `show_limit` are left out, as they touch the session. */
const pgTrgm: ExtensionPreset = {
  functions: words('similarity word_similarity strict_word_similarity show_trgm'),
  outputColumns: {},
  operators: words('% <% %> <<% %>> <-> <<-> <->> <<<-> <->>>'),
  types: new Set(),
};

const presets: Readonly<Record<ExtensionName, ExtensionPreset>> = { postgis, pgvector, pg_trgm: pgTrgm };

export const extensionPreset = (name: ExtensionName): ExtensionPreset => presets[name];
