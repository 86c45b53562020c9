#!/usr/bin/env python3
"""Writes Sources/ElasticsearchAPI/Protocol/Endpoint.swift from Elasticsearch's REST API specifications.

    Tools/generate_endpoints.py FOLDER > Sources/ElasticsearchAPI/Protocol/Endpoint.swift

FOLDER holds the JSON files of https://github.com/elastic/elasticsearch-specification (Apache-2.0), one an API.
"""
import json
import pathlib
import sys

# The APIs that are served, each with the parameters of the specification that are refused until they work.
SERVED = {
    "async_search.delete": [],
    "async_search.get": [],
    "async_search.status": [],
    "async_search.submit": ["suggest_field", "suggest_mode", "suggest_size", "suggest_text"],
    "bulk": [],
    "cat.aliases": [],
    "cat.allocation": [],
    "cat.circuit_breaker": [],
    "cat.component_templates": [],
    "cat.count": ["project_routing"],
    "cat.fielddata": [],
    "cat.health": [],
    "cat.help": [],
    "cat.indices": [],
    "cat.master": [],
    "cat.ml_data_frame_analytics": [],
    "cat.ml_datafeeds": [],
    "cat.ml_jobs": [],
    "cat.ml_trained_models": [],
    "cat.nodeattrs": [],
    "cat.nodes": [],
    "cat.pending_tasks": [],
    "cat.plugins": [],
    "cat.recovery": [],
    "cat.repositories": [],
    "cat.segments": [],
    "cat.shards": [],
    "cat.snapshots": [],
    "cat.tasks": [],
    "cat.templates": [],
    "cat.thread_pool": [],
    "cat.transforms": [],
    "clear_scroll": [],
    "close_point_in_time": [],
    "cluster.allocation_explain": [],
    "cluster.delete_component_template": [],
    "cluster.delete_voting_config_exclusions": [],
    "cluster.exists_component_template": [],
    "cluster.get_component_template": [],
    "cluster.get_settings": [],
    "cluster.health": [],
    "cluster.info": [],
    "cluster.pending_tasks": [],
    "cluster.post_voting_config_exclusions": [],
    "cluster.put_component_template": [],
    "cluster.put_settings": [],
    "cluster.remote_info": [],
    "cluster.reroute": [],
    "cluster.state": [],
    "cluster.stats": [],
    "connector.list": [],
    "count": [],
    "create": [],
    "dangling_indices.list_dangling_indices": [],
    "delete": [],
    "delete_by_query": ["terminate_after"],
    "delete_by_query_rethrottle": [],
    "delete_script": [],
    "enrich.get_policy": [],
    "exists": [],
    "exists_source": [],
    "explain": [],
    "features.get_features": [],
    "field_caps": ["project_routing"],
    "get": ["force_synthetic_source"],
    "get_script": [],
    "get_script_context": [],
    "get_script_languages": [],
    "get_source": [],
    "health_report": [],
    "ilm.explain_lifecycle": [],
    "ilm.get_lifecycle": [],
    "ilm.get_status": [],
    "index": [],
    "indices.add_block": [],
    "indices.analyze": [],
    "indices.clear_cache": [],
    "indices.clone": [],
    "indices.close": [],
    "indices.create": [],
    "indices.create_data_stream": [],
    "indices.data_streams_stats": [],
    "indices.delete": [],
    "indices.delete_alias": [],
    "indices.delete_data_stream": [],
    "indices.delete_index_template": [],
    "indices.delete_template": [],
    "indices.exists": [],
    "indices.exists_alias": [],
    "indices.exists_index_template": [],
    "indices.exists_template": [],
    "indices.explain_data_lifecycle": [],
    "indices.flush": [],
    "indices.forcemerge": [],
    "indices.get": [],
    "indices.get_alias": [],
    "indices.get_data_lifecycle": [],
    "indices.get_data_lifecycle_stats": [],
    "indices.get_data_stream": [],
    "indices.get_data_stream_mappings": [],
    "indices.get_data_stream_options": [],
    "indices.get_data_stream_settings": [],
    "indices.get_field_mapping": [],
    "indices.get_index_template": [],
    "indices.get_mapping": [],
    "indices.get_settings": [],
    "indices.get_template": [],
    "indices.open": [],
    "indices.put_alias": [],
    "indices.put_index_template": [],
    "indices.put_mapping": [],
    "indices.put_settings": [],
    "indices.put_template": [],
    "indices.recovery": [],
    "indices.refresh": [],
    "indices.reload_search_analyzers": [],
    "indices.remove_block": [],
    "indices.resolve_cluster": [],
    "indices.resolve_index": ["project_routing"],
    "indices.rollover": ["lazy"],
    "indices.segments": [],
    "indices.shard_stores": [],
    "indices.shrink": [],
    "indices.simulate_index_template": [],
    "indices.simulate_template": [],
    "indices.split": [],
    "indices.stats": ["groups"],
    "indices.update_aliases": [],
    "indices.validate_query": [],
    "inference.delete": [],
    "inference.get": [],
    "inference.inference": [],
    "inference.put": [],
    "inference.update": [],
    "info": [],
    "ingest.delete_pipeline": [],
    "ingest.geo_ip_stats": [],
    "ingest.get_geoip_database": [],
    "ingest.get_ip_location_database": [],
    "ingest.get_pipeline": [],
    "ingest.processor_grok": [],
    "ingest.put_pipeline": [],
    "ingest.simulate": [],
    "knn_search": [],
    "license.get": [],
    "license.get_basic_status": [],
    "license.get_trial_status": [],
    "license.post_start_basic": [],
    "license.post_start_trial": [],
    "logstash.get_pipeline": [],
    "mget": ["force_synthetic_source"],
    "migration.deprecations": [],
    "migration.get_feature_upgrade_status": [],
    "ml.clear_trained_model_deployment_cache": [],
    "ml.delete_trained_model": [],
    "ml.delete_trained_model_alias": [],
    "ml.get_calendars": [],
    "ml.get_data_frame_analytics": [],
    "ml.get_data_frame_analytics_stats": [],
    "ml.get_datafeed_stats": [],
    "ml.get_datafeeds": [],
    "ml.get_filters": [],
    "ml.get_job_stats": [],
    "ml.get_jobs": [],
    "ml.get_trained_models": [],
    "ml.get_trained_models_stats": [],
    "ml.infer_trained_model": [],
    "ml.info": [],
    "ml.put_trained_model": [],
    "ml.put_trained_model_alias": [],
    "ml.put_trained_model_definition_part": [],
    "ml.put_trained_model_vocabulary": [],
    "ml.start_trained_model_deployment": [],
    "ml.stop_trained_model_deployment": [],
    "ml.update_trained_model_deployment": [],
    "msearch": ["index"],
    "msearch_template": [],
    "mtermvectors": [],
    "nodes.hot_threads": [],
    "nodes.info": [],
    "nodes.stats": [],
    "nodes.usage": [],
    "open_point_in_time": [],
    "ping": [],
    "put_script": [],
    "query_rules.list_rulesets": [],
    "rank_eval": [],
    "reindex": [],
    "reindex_rethrottle": [],
    "render_search_template": [],
    "rollup.get_jobs": [],
    "scripts_painless_execute": [],
    "scroll": [],
    "search": ["force_synthetic_source"],
    "search_application.list": [],
    "search_shards": [],
    "search_template": [],
    "security.authenticate": [],
    "shutdown.get_node": [],
    "slm.get_lifecycle": [],
    "slm.get_stats": [],
    "slm.get_status": [],
    "snapshot.get": [],
    "snapshot.get_repository": [],
    "snapshot.status": [],
    "ssl.certificates": [],
    "sql.clear_cursor": [],
    "sql.delete_async": [],
    "sql.get_async": [],
    "sql.get_async_status": [],
    "sql.query": ["project_routing"],
    "sql.translate": [],
    "synonyms.get_synonyms_sets": [],
    "tasks.cancel": [],
    "tasks.get": [],
    "tasks.list": [],
    "terms_enum": [],
    "termvectors": [],
    "transform.get_transform": [],
    "transform.get_transform_stats": [],
    "update": [],
    "update_by_query": ["terminate_after"],
    "update_by_query_rethrottle": [],
    "xpack.info": [],
    "xpack.usage": [],
}
# Parameters that are ours.
OURS = {
    "get_source": ["_source_exclude_vectors"], "mget": ["_source_exclude_vectors"],
    "ml.start_trained_model_deployment": ["precision"],
    # Elasticsearch takes it, and its specification leaves it out.
    "sql.query": ["delimiter"],
}
# APIs whose body the specification wants and Elasticsearch does not.
OPTIONAL_BODY = ["indices.shrink", "indices.split"]
# Routes that Elasticsearch 9 serves and its specification leaves out, of APIs that are in it.
MORE_ROUTES = {
    "indices.exists_alias": {"/{index}/_alias": ["HEAD"]},
    "indices.get_alias": {"/_aliases": ["GET"]},
    "indices.get_mapping": {"/_mappings": ["GET"], "/{index}/_mappings": ["GET"]},
    "indices.put_alias": {
        path: ["PUT", "POST"]
        for path in ["/_alias/{name}", "/_aliases/{name}", "/{index}/_alias", "/{index}/_aliases", "/_alias"]
    },
    "indices.put_mapping": {"/{index}/_mappings": ["PUT", "POST"]},
    # Clients of later releases use POST.
    "indices.resolve_index": {"/_resolve/index/{name}": ["GET", "POST"]},
}
# Routes that Elasticsearch 9 serves and its specification does not list, or no longer.
ADDED = {
    "inference.services": (
        {"/_inference/_services": ["GET"], "/_inference/_services/{task_type}": ["GET"]}, [], "none"),
    "ml.infer_trained_model_deployment": (
        {"/_ml/trained_models/{model_id}/deployment/_infer": ["POST"]}, ["timeout"], "required"),
}
# APIs of single tasks and services, whose requests are those of an API that is served.
COVERED = {"inference.embedding", "inference.put_elasticsearch", "inference.text_embedding"}
# APIs that are ours: routes, parameters, body. `doc.*` stands for any name that begins so.
OWN = {
    "clipsearch.app": ({"/_app": ["GET", "HEAD"], "/_app/{file}": ["GET", "HEAD"]}, [], "none"),
    "clipsearch.classify": (
        {"/{index}/_classify": ["POST"]},
        ["allow_no_indices", "expand_wildcards", "ignore_unavailable", "preference", "rest_total_hits_as_int", "routing"], "required"),
    "clipsearch.duplicates": (
        {"/{index}/_duplicates": ["GET", "POST"]},
        ["field", "filter", "max_docs", "size", "threshold", "timeout"], "none"),
    "clipsearch.get_image": ({"/{index}/_image/{id}": ["GET", "HEAD"]}, ["ignore_missing", "routing", "v"], "none"),
    "clipsearch.get_thumbnail": ({"/{index}/_image/{id}/_thumbnail": ["GET", "HEAD"]}, ["ignore_missing", "routing", "v"], "none"),
    "clipsearch.index_image": (
        {"/{index}/_image": ["POST"], "/{index}/_image/{id}": ["PUT", "POST"]},
        ["doc.*", "field", "if_primary_term", "if_seq_no", "keep", "model", "op_type", "pipeline", "refresh", "require_alias",
         "routing", "timeout", "version", "version_type"], "required"),
    "clipsearch.put_thumbnail": ({"/{index}/_image/_thumbnail/{hash}": ["PUT"]}, [], "required"),
    "clipsearch.put_thumbnails": ({"/{index}/_image/_thumbnail": ["PUT"]}, [], "required"),
    "clipsearch.search_image": (
        {"/{index}/_search/image": ["POST"]},
        ["_source", "_source_exclude_vectors", "_source_excludes", "_source_includes", "allow_no_indices", "docvalue_fields",
         "expand_wildcards", "field", "fields", "filter", "from", "ignore_unavailable", "k", "min_score", "model",
         "num_candidates", "preference", "rest_total_hits_as_int", "routing", "similarity", "size", "stored_fields", "timeout",
         "track_total_hits", "typed_keys", "weight", "words", "without"], "required"),
}


def case_name(api):
    head, *rest = api.replace(".", "_").split("_")
    return head + "".join({"ml": "ML"}.get(part, part.capitalize()) for part in rest)


def entry(folder, api, refused):
    if api in ADDED or api in OWN:
        paths, parameters, body = {**ADDED, **OWN}[api]
    else:
        (specification,) = json.loads((folder / f"{api}.json").read_text()).values()
        paths = {path["path"]: path["methods"] for path in specification["url"]["paths"]} | MORE_ROUTES.get(api, {})
        parameters = [name for name in specification.get("params", {}) if name not in refused] + OURS.get(api, [])
        unknown = set(refused) - set(specification.get("params", {}))
        if unknown:
            sys.exit(f"{api}: no such parameters: {sorted(unknown)}")
        body = specification.get("body")
        if api in OPTIONAL_BODY:
            body = {}
        body = "none" if body is None else "required" if body.get("required") else "optional"
    routes = " ".join(f"{','.join(methods)}:{path}" for path, methods in paths.items())
    return f"{api} | {body} | {routes} | {' '.join(sorted(parameters))}"


folder = pathlib.Path(sys.argv[1])
served = dict(sorted({**SERVED, **{api: [] for api in [*ADDED, *OWN]}}.items()))
print("// Generated by Tools/generate_endpoints.py from the REST API specifications of")
print("// https://github.com/elastic/elasticsearch-specification (Apache-2.0). Do not edit.")
print()
print("/// The APIs that are served: Elasticsearch's by their names in its specification, and ours, which begin with `clipsearch.`.")
print("public enum Endpoint: String, CaseIterable, Sendable {")
for api in served:
    name = case_name(api)
    print(f"    case {name}" + (f' = "{api}"' if name != api else ""))
print()
print("    /// A line an API: name | body | methods:path … | known parameters.")
print('    static let specifications = """')
for api, refused in served.items():
    print("        " + entry(folder, api, refused))
print('        """')
print()
print("    /// A line an API of which parameters are refused: name | parameters.")
print('    static let refused = """')
for api in served:
    if SERVED.get(api):
        print(f"        {api} | {' '.join(sorted(SERVED[api]))}")
print('        """')
print()
print("    /// The APIs of the specification that are not served.")
print('    static let others = """')
for name in sorted(path.stem for path in folder.glob("*.json")):
    if name not in served and name not in COVERED and not name.startswith("_"):
        print(f"        {name}")
print('        """')
print()
roots = sorted(
    {
        path["path"].split("/")[1]
        for file in folder.glob("*.json") if not file.stem.startswith("_")
        for specification in json.loads(file.read_text()).values()
        for path in specification["url"]["paths"]
        if path["path"].startswith("/_")
    })
print("    /// The first parts of paths that are APIs of the specification, served or not.")
print('    static let rootLines = """')
for root in roots:
    print(f"        {root}")
print('        """')
print("}")
