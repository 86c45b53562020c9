import ElasticsearchAPI
import Indices
import Testing

struct ForceMergeTests {
    private func parse(_ parameters: [String: String]) throws(ElasticsearchError) -> ForceMerge {
        try ForceMerge(QueryParameters(parameters))
    }

    @Test func parameters() throws {
        #expect(try parse([:]) == ForceMerge(maximumSegments: nil, onlyExpungesDeletes: false, flushes: true))
        #expect(try parse(["max_num_segments": "-1"]).maximumSegments == nil)
        #expect(
            try parse(["max_num_segments": "1", "flush": "false"]) == ForceMerge(maximumSegments: 1, flushes: false))
        #expect(try parse(["only_expunge_deletes": "true"]).onlyExpungesDeletes)
    }

    @Test(arguments: [
        (["max_num_segments": "0"], "illegal_argument_exception: max_num_segments must be greater than 0 but was [0]"),
        (
            ["max_num_segments": "1", "only_expunge_deletes": "true"],
            "action_request_validation_exception: Validation Failed: 1: cannot set only_expunge_deletes and max_num_segments "
                + "at the same time, those two parameters are mutually exclusive;"
        ),
    ])
    func refusals(parameters: [String: String], summary: String) {
        #expect(failure { () throws(ElasticsearchError) in try parse(parameters) }?.summary == summary)
    }
}
