import Encoders
import FoundationEssentials
import TestSupport
import Testing

/// Weights in several files.
@Suite struct WeightIndexTests {
    private func error(_ index: String, parts: [String: [String]]) throws -> WeightsError? {
        let folder = try TemporaryFolder()
        for (name, tensors) in parts {
            let entries = tensors.enumerated().map { place, tensor in
                "\"\(tensor)\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[\(place * 4),\(place * 4 + 4)]}"
            }
            let header = "{\(entries.joined(separator: ","))}"
            try folder.write(name, safetensors(header, data: [UInt8](repeating: 0, count: tensors.count * 4)))
        }
        let file = try folder.write("model.safetensors.index.json", Array(index.utf8))
        do throws(WeightsError) {
            let tensors = try WeightFile(path: file).tensors
            #expect(tensors.keys.sorted() == ["a", "b"])
            return nil
        } catch {
            return error
        }
    }

    @Test func partsAreOneModel() throws {
        #expect(
            try error(
                #"{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}"#,
                parts: ["1.safetensors": ["a"], "2.safetensors": ["b"]]) == nil)
        let layout = try SigLIP.layout("so400m")
        let index = SigLIP.folder + "/so400m/model.safetensors.index.json"
        #expect(layout.text?.weights == index)
        let parts = (1...4).map { SigLIP.folder + "/so400m/model-0000\($0)-of-00004.safetensors" }
        #expect(layout.weightFiles == Set(parts + [index]))
        #expect(try SigLIP.layout("siglip").weightFiles == [SigLIP.folder + "/siglip/model.safetensors"])
    }

    @Test(arguments: [
        "[]", "{}", "{", #"{"weight_map":{}}"#, #"{"weight_map":{"a":1}}"#, #"{"weight_map":{"a":"../1.safetensors"}}"#,
        #"{"weight_map":{"a":"1.bin"}}"#, #"{"weight_map":{"a":"1.safetensors","a":"1.safetensors"}}"#,
    ])
    func malformedIndex(_ index: String) throws {
        guard case .damaged(_, .malformedHeader) = try error(index, parts: ["1.safetensors": ["a"]]) else {
            return record("accepted")
        }
    }

    @Test func disagreements() throws {
        let map = #"{"weight_map":{"a":"1.safetensors","b":"1.safetensors"}}"#
        guard case .missing(_, tensor: "b") = try error(map, parts: ["1.safetensors": ["a"]]) else {
            return record("a tensor is missing")
        }
        guard case .unexpected(_, tensors: ["c"]) = try error(map, parts: ["1.safetensors": ["a", "b", "c"]]) else {
            return record("a tensor too many")
        }
        guard case .file = try error(map, parts: [:]) else { return record("a file is missing") }
    }
}
