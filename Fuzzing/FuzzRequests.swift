/// What every input of the target `request` finds.
enum FuzzRequests {
    static let preparation: [(method: String, path: String, body: String)] = [
        ("PUT", "/_cluster/settings", #"{"persistent":{"action.destructive_requires_name":false}}"#),
        ("DELETE", "/*?expand_wildcards=all", ""),
        (
            "PUT", "/i",
            """
            {"settings":{"number_of_shards":2,"analysis":{"analyzer":{"a":{"type":"custom","tokenizer":"standard","filter":["lowercase","asciifolding"]}}}},
            "mappings":{"properties":{"k":{"type":"keyword"},"t":{"type":"text","fields":{"raw":{"type":"keyword"}}},"a":{"type":"text","analyzer":"a"},
            "n":{"type":"long"},"d":{"type":"double"},"b":{"type":"boolean"},"date":{"type":"date"},"g":{"type":"geo_point"},
            "v":{"type":"dense_vector","dims":3},"u":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}},
            "bits":{"type":"dense_vector","element_type":"bit","dims":16},"o":{"properties":{"x":{"type":"integer"}}}}},
            "aliases":{"alias":{"filter":{"term":{"k":"a"}}}}}
            """
        ),
        (
            "POST", "/_bulk?refresh=true",
            """
            {"index":{"_index":"i","_id":"1"}}
            {"k":["a","b"],"t":"the quick brown fox","a":"Crème brûlée","n":1,"d":0.5,"b":true,"date":"2024-02-29","g":"52.5,13.4","v":[1,0,0],"u":[0,1],"o":{"x":1}}
            {"index":{"_index":"i","_id":"2"}}
            {"k":"b","t":["jumps over","the lazy dog"],"n":[-5,9007199254740993],"d":[1e300,-0.0],"b":[true,false],"date":[0,"2024-12-31T23:59:59.999Z"],"v":[0,1,0],"bits":"00ff"}
            {"index":{"_index":"i","_id":"3","routing":"r"}}
            {"k":"","t":"","n":null,"g":[{"lat":-90,"lon":180},"POINT (0 0)"],"v":[0.1,0.2,0.3],"u":[1e-20,1]}
            {"index":{"_index":"j","_id":"1"}}
            {"k":"a","n":"text here","other":{"deep":[1,2]}}

            """
        ),
        ("PUT", "/_ingest/pipeline/p", #"{"processors":[{"set":{"field":"x","value":"{{n}}"}}]}"#),
        ("PUT", "/_scripts/s", #"{"script":{"lang":"painless","source":"doc['n'].size() + params.p"}}"#),
    ]
}
