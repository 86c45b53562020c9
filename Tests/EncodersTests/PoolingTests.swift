import Encoders
import MatrixKernels
import TestSupport
import Testing

/// The poolings on one model: what CLS and MAX give follows from the mean's own tokens only through the reference, so they
/// are checked against each other on texts of one token, where all are equal.
@Suite struct PoolingTests {
    private func encoder(_ pooling: String) throws -> any TextEncoder {
        let folder = try TemporaryFolder()
        try folder.copy(Small.folder + "/clip-multilingual", to: "m")
        try folder.write("m/1_Pooling/config.json", Array(#"{"pooling_mode":"\#(pooling)"}"#.utf8))
        return try ModelLayout(folder: folder.path + "/m").makeTextEncoder(MatrixEngine(threads: 1))
    }

    @Test func oneTokenIsItsOwnMeanAndMaximum() throws {
        let batch: [[Int32]] = [[101], [77], [5]]
        let mean = try encoder("mean").encode(batch)
        for pooling in ["cls", "max"] {
            let found = try encoder(pooling).encode(batch)
            for (left, right) in zip(found, mean) { #expect(largestDifference(left, right) < 1e-5) }
        }
    }

    @Test func longerTextsDiffer() throws {
        let batch: [[Int32]] = [[101, 168, 1564, 102], [101, 1412, 102]]
        let mean = try encoder("mean").encode(batch)
        for pooling in ["cls", "max"] {
            let found = try encoder(pooling).encode(batch)
            #expect(largestDifference(found[0], mean[0]) > 1e-3)
            #expect(largestDifference(found[1], try encoder(pooling).encode([batch[1]])[0]) < 1e-6)
        }
    }
}
