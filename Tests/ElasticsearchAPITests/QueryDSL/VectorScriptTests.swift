import JSON
import Query
import Testing

@testable import ElasticsearchAPI

@Suite struct VectorScriptTests {
    @Test(arguments: [
        ("cosineSimilarity(params.query_vector, 'f') + 1.0", ScriptScoreQuery.Script.cosineSimilarityPlusOne),
        ("cosineSimilarity( params.query_vector,\"f\" )+1", .cosineSimilarityPlusOne),
        ("1 / (1 + l2norm(params.query_vector, 'f'))", .inverseL2Norm),
        ("1/(1+l2norm(params.query_vector,'f'))", .inverseL2Norm),
        (
            "\n double value = dotProduct(params.query_vector, 'f');\n return sigmoid(1, Math.E, -value);\n",
            .sigmoidDotProduct
        ),
    ])
    func knownSources(_ source: String, _ script: ScriptScoreQuery.Script) {
        let found = VectorScript(source: source)
        #expect(found?.script == script)
        #expect(found?.parameter == "query_vector")
        #expect(found?.field == "f")
    }

    @Test(arguments: ["", "1", "cosineSimilarity(params.v, 'f') + 2.0", "cosineSimilarity(params.v, 'f", "doc['f'].value"])
    func unknownSources(_ source: String) {
        #expect(VectorScript(source: source) == nil)
    }

    @Test func missingParameter() {
        let error = failure { () throws(ElasticsearchError) in
            try query(
                #"{"script_score":{"query":{"match_all":{}},"script":{"source":"cosineSimilarity(params.v,'f')+1.0","params":{"w":[1]}}}}"#)
        }
        #expect(error?.summary.contains("script_exception: runtime error <- illegal_argument_exception: params.v is missing") == true)
    }
}
