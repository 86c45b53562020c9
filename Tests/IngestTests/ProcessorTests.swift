import JSON
import Synchronization
import Testing

@testable import Ingest

@Suite struct ProcessorTests {
    @Test(arguments: [
        (#"[{"set":{"field":"a.b","value":"{{x}}-{{{y.z}}}"}}]"#, #"{"x":1,"y":{"z":"<"}}"#, #"{"x":1,"y":{"z":"<"},"a":{"b":"1-<"}}"#),
        (#"[{"set":{"field":"a","value":5,"override":false}},{"set":{"field":"b","value":[1,"{{a}}"]}}]"#, #"{"a":1}"#, #"{"a":1,"b":[1,"1"]}"#),
        (#"[{"set":{"field":"b","copy_from":"a"}}]"#, #"{"a":{"x":1}}"#, #"{"a":{"x":1},"b":{"x":1}}"#),
        (#"[{"set":{"field":"b","value":"{{none}}","ignore_empty_value":true}}]"#, #"{"a":1}"#, #"{"a":1}"#),
        (#"[{"set":{"field":"t","value":"{{_ingest.timestamp}} {{_index}}"}}]"#, "{}", #"{"t":"2020-01-01T00:00:00.000Z i"}"#),
        (#"[{"remove":{"field":["a","b.c"]}}]"#, #"{"a":1,"b":{"c":1,"d":2}}"#, #"{"b":{"d":2}}"#),
        (#"[{"remove":{"field":"zz","ignore_missing":true}}]"#, #"{"a":1}"#, #"{"a":1}"#),
        (#"[{"remove":{"keep":["a","b.c"]}}]"#, #"{"a":1,"b":{"c":1,"d":2},"e":1}"#, #"{"a":1,"b":{"c":1}}"#),
        (#"[{"rename":{"field":"a","target_field":"b.c"}}]"#, #"{"a":1}"#, #"{"b":{"c":1}}"#),
        (#"[{"append":{"field":"t","value":["b","a"],"allow_duplicates":false}}]"#, #"{"t":"a"}"#, #"{"t":["a","b"]}"#),
        (#"[{"convert":{"field":"a","type":"integer"}},{"convert":{"field":"b","type":"boolean"}},{"convert":{"field":"c","type":"auto"}}]"#, #"{"a":["1","0x10"],"b":"TRUE","c":"1.5"}"#, #"{"a":[1,16],"b":true,"c":1.5}"#),
        (#"[{"convert":{"field":"a","type":"string","target_field":"b"}}]"#, #"{"a":1.5}"#, #"{"a":1.5,"b":"1.5"}"#),
        (#"[{"lowercase":{"field":"a"}},{"uppercase":{"field":"b"}},{"trim":{"field":"c"}}]"#, #"{"a":["A","B"],"b":"x","c":" c "}"#, #"{"a":["a","b"],"b":"X","c":"c"}"#),
        (#"[{"gsub":{"field":"a","pattern":"\\.(\\d)","replacement":"-$1"}}]"#, #"{"a":"1.2.3"}"#, #"{"a":"1-2-3"}"#),
        (#"[{"split":{"field":"a","separator":",\\s*"}},{"join":{"field":"b","separator":"-"}}]"#, #"{"a":"x, y,z,,","b":[1,"a"]}"#, #"{"a":["x","y","z"],"b":"1-a"}"#),
        (#"[{"json":{"field":"a","target_field":"b"}},{"json":{"field":"c","add_to_root":true}}]"#, #"{"a":"[1,{}]","c":"{\"d\":2}"}"#, #"{"a":"[1,{}]","c":"{\"d\":2}","b":[1,{}],"d":2}"#),
        (#"[{"json":{"field":"n"}},{"json":{"field":"i"}},{"json":{"field":"m","strict_json_parsing":false}},{"json":{"field":"o","strict_json_parsing":false}}]"#, #"{"n":null,"i":3,"m":" 12 x","o":"{\"a\":\"}\"} }"}"#, #"{"n":null,"i":3,"m":12,"o":{"a":"}"}}"#),
        (#"[{"json":{"field":"a","add_to_root":true,"add_to_root_conflict_strategy":"merge","allow_duplicate_keys":true}}]"#, #"{"a":"{\"b\":{\"c\":{\"d\":1}},\"e\":1,\"e\":2}","b":{"c":{"x":0},"y":0}}"#, #"{"a":"{\"b\":{\"c\":{\"d\":1}},\"e\":1,\"e\":2}","b":{"c":{"x":0,"d":1},"y":0},"e":2}"#),
        (#"[{"kv":{"field":"a","field_split":" ","value_split":"=","prefix":"p_","exclude_keys":["z"]}}]"#, #"{"a":"x=1 y=2 z=3 x=4"}"#, #"{"a":"x=1 y=2 z=3 x=4","p_x":["1","4"],"p_y":"2"}"#),
        (#"[{"date":{"field":"a","formats":["dd/MM/yyyy","ISO8601"]}}]"#, #"{"a":"02/01/2020"}"#, #"{"a":"02/01/2020","@timestamp":"2020-01-02T00:00:00.000Z"}"#),
        (#"[{"date":{"field":"a","formats":["UNIX"],"target_field":"d","output_format":"yyyy-MM-dd"}}]"#, #"{"a":86400}"#, #"{"a":86400,"d":"1970-01-02"}"#),
        (#"[{"foreach":{"field":"a","processor":{"uppercase":{"field":"_ingest._value"}}}}]"#, #"{"a":["x","y"]}"#, #"{"a":["X","Y"]}"#),
        (#"[{"foreach":{"field":"a","processor":{"set":{"field":"_ingest._value.k","value":"{{_ingest._key}}"}}}}]"#, #"{"a":{"x":{}}}"#, #"{"a":{"x":{"k":"x"}}}"#),
        (#"[{"dot_expander":{"field":"a.b"}}]"#, #"{"a.b":1,"a":{"c":2}}"#, #"{"a":{"c":2,"b":1}}"#),
        (#"[{"dot_expander":{"field":"*"}}]"#, #"{"a.b":1,"c.d.e":2}"#, #"{"a":{"b":1},"c":{"d":{"e":2}}}"#),
        (#"[{"dissect":{"field":"m","pattern":"%{ip} [%{+t}] %{?x->} %{+t}"}}]"#, #"{"m":"1.2.3.4 [a] b   c"}"#, #"{"m":"1.2.3.4 [a] b   c","ip":"1.2.3.4","t":"ac"}"#),
        (#"[{"grok":{"field":"m","patterns":["^%{IP:client} %{WORD:method} %{NUMBER:bytes:int}$"]}}]"#, #"{"m":"55.3.244.1 GET 15824"}"#, #"{"m":"55.3.244.1 GET 15824","client":"55.3.244.1","method":"GET","bytes":15824}"#),
        (#"[{"script":{"source":"ctx.b = ctx.a * params.k; ctx.remove('c')","params":{"k":3}}}]"#, #"{"a":2,"c":1}"#, #"{"a":2,"b":6}"#),
        (#"[{"set":{"if":"ctx.a > 1","field":"b","value":1}},{"set":{"if":"ctx.x?.y == null","field":"c","value":1}}]"#, #"{"a":1}"#, #"{"a":1,"c":1}"#),
        (#"[{"fail":{"message":"no {{a}}","ignore_failure":true}},{"set":{"field":"b","value":1}}]"#, #"{"a":1}"#, #"{"a":1,"b":1}"#),
        (#"[{"fail":{"message":"no {{a}}","tag":"t","on_failure":[{"set":{"field":"e","value":"{{_ingest.on_failure_message}} {{_ingest.on_failure_processor_type}} {{_ingest.on_failure_processor_tag}} {{_ingest.on_failure_pipeline}}"}}]}}]"#, #"{"a":1}"#, #"{"a":1,"e":"no 1 fail t p"}"#),
        (#"[{"set":{"field":"_index","value":"other"}},{"set":{"field":"i","value":"{{_index}}"}}]"#, "{}", #"{"i":"other"}"#),
        (#"[{"bytes":{"field":"a"}},{"html_strip":{"field":"b"}},{"urldecode":{"field":"c"}}]"#, #"{"a":"1kb","b":"<b>x</b>","c":"a%20b"}"#, #"{"a":1024,"b":"x","c":"a b"}"#),
        (#"[{"html_strip":{"field":"b"}}]"#, #"{"b":"<p>a <i>b</i>&amp;<h1>c</h1>"}"#, #"{"b":"\na b&\nc\n"}"#),
        (#"[{"csv":{"field":"a","target_fields":["x","y","z"]}}]"#, #"{"a":"1,\"b,\"\"c\"\"\",,d"}"#, #"{"a":"1,\"b,\"\"c\"\"\",,d","x":"1","y":"b,\"c\""}"#),
        (#"[{"csv":{"field":"a","target_fields":["x","y"],"separator":"|","quote":"'","trim":true,"empty_value":""}}]"#, #"{"a":" 'p' | "}"#, #"{"a":" 'p' | ","x":"p","y":""}"#),
        (#"[{"date":{"field":"a","formats":["dd/MM/yyyy"],"timezone":"Europe/Amsterdam","target_field":"d"}},{"date":{"field":"b","formats":["ISO8601"],"timezone":"+01:00","target_field":"e"}}]"#, #"{"a":"12/06/2010","b":"2010-06-01T00:00:00.000Z"}"#, #"{"a":"12/06/2010","b":"2010-06-01T00:00:00.000Z","d":"2010-06-12T00:00:00.000+02:00","e":"2010-06-01T01:00:00.000+01:00"}"#),
        (#"[{"date":{"field":"a","formats":["TAI64N"],"target_field":"d"}}]"#, #"{"a":"@4000000050d506482dbdf024"}"#, #"{"a":"@4000000050d506482dbdf024","d":"2012-12-22T01:00:46.767Z"}"#),
        (#"[{"kv":{"field":"{{f}}","target_field":"{{g}}","field_split":" ","value_split":"="}},{"set":{"field":"n","copy_from":"zz","ignore_empty_value":true}}]"#, #"{"f":"a","a":"x=1","g":"o"}"#, #"{"f":"a","a":"x=1","g":"o","o":{"x":"1"}}"#),
        (#"[{"sort":{"field":"a","order":"desc"}},{"sort":{"field":"b","target_field":"c"}}]"#, #"{"a":[2,10,1.5],"b":["b","a"]}"#, #"{"a":[10,2,1.5],"b":["b","a"],"c":["a","b"]}"#),
        (#"[{"set":{"field":"x","value":1}},{"terminate":{"if":"ctx.a == 1"}},{"set":{"field":"y","value":1}}]"#, #"{"a":1}"#, #"{"a":1,"x":1}"#),
        (#"[{"set":{"if":"field('a.b').get(0) == 1","field":"c","value":2}}]"#, #"{"a":{"b":1}}"#, #"{"a":{"b":1},"c":2}"#),
        (#"[{"inference":{"model_id":"m","input_output":[{"input_field":"a","output_field":"v"},{"input_field":"b","output_field":"o.w"}]}}]"#, #"{"a":"xy","b":"abcdefghij"}"#, #"{"a":"xy","b":"abcdefghij","v":[2.0],"model_id":"m","o":{"w":[10.0],"is_truncated":true}}"#),
        (#"[{"inference":{"model_id":"m","target_field":"t","field_map":{"a":"text_field"},"inference_config":{"text_embedding":{}}}}]"#, #"{"a":"xyz"}"#, #"{"a":"xyz","t":{"predicted_value":[3.0],"model_id":"m"}}"#),
    ])
    func changes(_ processors: String, _ source: String, _ expected: String) async throws {
        let changed = try #require(try await processed(processors, source))
        #expect(JSONValue.object(changed).serialized() == Array(expected.utf8), "\(String(decoding: JSONValue.object(changed).serialized(), as: UTF8.self))")
    }

    @Test func dropping() async throws {
        #expect(try await processed(#"[{"drop":{"if":"ctx.a == 1"}}]"#, #"{"a":1}"#) == nil)
        #expect(try await processed(#"[{"drop":{"if":"ctx.a == 1"}}]"#, #"{"a":2}"#) != nil)
    }

    @Test(arguments: [
        #"[{"set":{"field":"a.b","value":1}}]"#, #"[{"remove":{"field":"zz"}}]"#, #"[{"rename":{"field":"zz","target_field":"y"}}]"#,
        #"[{"rename":{"field":"a","target_field":"b"}}]"#, #"[{"convert":{"field":"b","type":"integer"}}]"#, #"[{"fail":{"message":"x"}}]"#,
        #"[{"date":{"field":"b","formats":["yyyy"]}}]"#, #"[{"json":{"field":"b"}}]"#, #"[{"json":{"field":"f"}}]"#, #"[{"json":{"field":"a","add_to_root":true}}]"#, #"[{"lowercase":{"field":"a"}}]"#, #"[{"pipeline":{"name":"zz"}}]"#,
        #"[{"pipeline":{"name":"p"}}]"#, #"[{"inference":{"model_id":"zz","input_output":{"input_field":"b","output_field":"c"}}}]"#,
        #"[{"inference":{"model_id":"m","input_output":{"input_field":"zz","output_field":"c"}}}]"#, #"[{"script":{"source":"ctx.zz.y = 1"}}]"#,
        #"[{"csv":{"field":"d","target_fields":["x"]}}]"#, #"[{"csv":{"field":"e","target_fields":["x"]}}]"#, #"[{"sort":{"field":"b"}}]"#, #"[{"reroute":{"dataset":"d"}}]"#,
        #"[{"script":{"source":"def m = [:]; m.a = m; ctx.x = m","ignore_failure":true}}]"#,
        #"[{"grok":{"field":"b","patterns":["%{NUMBER:x}"]}}]"#, #"[{"dissect":{"field":"b","pattern":"%{a}|%{b}"}}]"#, #"[{"gsub":{"field":"c","pattern":"(a+)+$","replacement":""}}]"#,
    ])
    func fails(_ processors: String) async throws {
        let long = String(repeating: "a", count: 40) + "b"
        await #expect(throws: (any Error).self) { try await processed(processors, #"{"a":1,"b":"text","c":"\#(long)","d":"\"open","e":"a\"b","f":"{\"x\":1,\"x\":2}"}"#) }
    }

    @Test(arguments: [
        #"{}"#, #"{"processors":{}}"#, #"{"processors":[{"zz":{}}]}"#, #"{"processors":[{"set":{"field":"a"}}]}"#, #"{"processors":[{"set":{"value":1}}]}"#,
        #"{"processors":[{"set":{"field":"a","value":1,"zz":2}}]}"#, #"{"processors":[],"zz":1}"#, #"{"processors":[],"on_failure":[]}"#,
        #"{"processors":[{"gsub":{"field":"a","pattern":"(","replacement":""}}]}"#, #"{"processors":[{"convert":{"field":"a","type":"zz"}}]}"#,
        #"{"processors":[{"csv":{"field":"a"}}]}"#, #"{"processors":[{"csv":{"field":"a","target_fields":["x"],"quote":"ab"}}]}"#,
        #"{"processors":[{"sort":{"field":"a","order":"up"}}]}"#, #"{"processors":[{"reroute":{"destination":"a","dataset":"b"}}]}"#,
        #"{"processors":[{"script":{"source":"1 +"}}]}"#, #"{"processors":[{"set":{"if":"(","field":"a","value":1}}]}"#, #"{"processors":[1]}"#,
        #"{"processors":[{"grok":{"field":"a","patterns":["%{ZZ}"]}}]}"#, #"{"processors":[{"grok":{"field":"a","patterns":["%{A}"],"pattern_definitions":{"A":"%{A}"}}}]}"#,
        #"{"processors":[{"inference":{"input_output":{"input_field":"a","output_field":"b"}}}]}"#,
        #"{"processors":[{"inference":{"model_id":"m","target_field":"x","input_output":{"input_field":"a","output_field":"b"}}}]}"#,
    ])
    func refusesDefinitions(_ definition: String) throws {
        let pipelines = TestPipelines()
        let object = try object(definition)
        #expect(throws: IngestFault.self) { try pipelines.registry.put("p", object) }
        #expect(pipelines.saved.withLock { $0.isEmpty })
    }
}
