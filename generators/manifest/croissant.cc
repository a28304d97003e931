// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "generators/manifest/write_manifest.h"

namespace wrist {
namespace {

using nlohmann::json;

// The context of the specification, section "Appendix 1: JSON-LD context", and what we use beside.
json context() {
  json c{{"@language", "en"},
         {"@vocab", "https://schema.org/"},
         {"sc", "https://schema.org/"},
         {"cr", "http://mlcommons.org/croissant/"},
         {"rai", "http://mlcommons.org/croissant/RAI/"},
         {"dct", "http://purl.org/dc/terms/"},
         {"prov", "http://www.w3.org/ns/prov#"},
         {"conformsTo", "dct:conformsTo"},
         {"data", {{"@id", "cr:data"}, {"@type", "@json"}}},
         {"dataType", {{"@id", "cr:dataType"}, {"@type", "@vocab"}}},
         {"examples", {{"@id", "cr:examples"}, {"@type", "@json"}}}};
  for (const char* term : {"citeAs",       "column",        "equivalentProperty",
                           "extract",      "field",         "fileObject",
                           "fileSet",      "includes",      "excludes",
                           "key",          "recordSet",     "references",
                           "regex",        "isLiveDataset", "jsonPath",
                           "md5",          "parentField",   "path",
                           "repeated",     "replace",       "separator",
                           "source",       "subField",      "transform",
                           "fileProperty", "format",        "isArray",
                           "arrayShape"})
    c[term] = std::string("cr:") + term;
  return c;
}

json file_object(const std::string& file, const std::string& format, std::int64_t bytes,
                 const std::string& sha256) {
  return {{"@type", "cr:FileObject"},
          {"@id", file},
          {"name", file},
          {"contentUrl", file},
          {"contentSize", std::to_string(bytes) + " B"},
          {"encodingFormat", format},
          {"sha256", sha256}};
}

json distribution(const DatasetRecord& r) {
  json files = json::array();
  for (const auto& table : r.tables) {
    files.push_back(file_object(table.file, "text/csv", table.bytes, table.sha256));
    files.back()["description"] = table.description;
  }
  for (const auto& shard : r.shards) {
    files.push_back(file_object(shard.file, "application/x-hdf5", shard.bytes, shard.sha256));
    files.back()["wristsim:contentSha256"] = shard.content_sha256;
  }
  files.push_back({{"@type", "cr:FileSet"},
                   {"@id", "shards"},
                   {"name", "shards"},
                   {"description", "every shard, HDF5"},
                   {"encodingFormat", "application/x-hdf5"},
                   {"includes", "shard-*.h5"}});
  return files;
}

// "sequences.csv" -> "sequences"
std::string stem(const std::string& file) { return file.substr(0, file.find('.')); }

json record_set(const DatasetRecord::TableFile& table) {
  const std::string set = stem(table.file);
  json fields = json::array();
  for (const auto& column : table.columns) {
    fields.push_back(
        {{"@type", "cr:Field"},
         {"@id", set + "/" + column.name},
         {"name", column.name},
         {"description", column.description},
         {"dataType", "sc:" + column.type},
         {"source",
          {{"fileObject", {{"@id", table.file}}}, {"extract", {{"column", column.name}}}}}});
    if (set == "events" && column.name == "sequence")
      fields.back()["references"] = {{"field", {{"@id", "sequences/sequence"}}}};
  }
  json out{{"@type", "cr:RecordSet"},
           {"@id", set},
           {"name", set},
           {"description", table.description},
           {"field", fields}};
  if (set != "events") out["key"] = {{"@id", fields[0]["@id"]}};
  return out;
}

json generated_by(const DatasetRecord& r) {
  std::string commits;
  for (const std::string& commit : r.commits) commits += (commits.empty() ? "" : ", ") + commit;
  return {{"@type", "prov:Activity"},
          {"prov:label", "physics-based simulation of a watch on a wrist"},
          {"prov:used",
           {{"@type", "prov:Entity"},
            {"@id", "urn:sha256:" + r.recipe_sha256},
            {"prov:label", "recipe"}}},
          {"prov:wasAssociatedWith",
           {{"@type", "prov:SoftwareAgent"},
            {"prov:label", "wristsim " + r.generator_version + " (" + commits + ")"}}}};
}

json derived_from(const DatasetRecord& r) {
  json sources = json::array();
  for (const auto& clip : r.clips)
    sources.push_back({{"@type", "prov:Entity"},
                       {"@id", "urn:sha256:" + clip.sha256},
                       {"name", clip.name},
                       {"prov:label", "motion clip " + clip.name},
                       {"sha256", clip.sha256}});
  return sources;
}

}  // namespace

std::string croissant_json(const DatasetRecord& r) {
  json about = context();
  about["wristsim"] = "urn:wristsim:";
  json sets = json::array();
  for (const auto& table : r.tables) sets.push_back(record_set(table));
  json out{{"@context", about},
           {"@type", "sc:Dataset"},
           {"conformsTo",
            {"http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"}},
           {"name", r.title},
           {"identifier", r.dataset_id},
           {"description",
            "Simulated signals of a watch on the wrist: accelerometer, gyroscope and "
            "optical sensor, with labels, events and the truth beside every sample."},
           {"license", r.license},
           {"version", std::to_string(r.schema_version) + ".0.0"},
           {"isLiveDataset", false},
           {"keywords", {"synthetic", "imu", "ppg", "har", "wearable"}},
           {"distribution", distribution(r)},
           {"recordSet", sets},
           {"prov:wasGeneratedBy", generated_by(r)},
           {"rai:hasSyntheticData", true},
           {"rai:dataCollection",
            "No person was measured: every signal was simulated from drawn "
            "people, movements, watches and straps."},
           {"rai:dataCollectionType", {"Synthetic"}},
           {"rai:dataAnnotationProtocol", "Labels and events come from the simulation itself."},
           {"rai:personalSensitiveInformation", "None: the people are drawn from a population."}};
  if (!r.clips.empty()) out["prov:wasDerivedFrom"] = derived_from(r);
  return out.dump(1) + "\n";
}

}  // namespace wrist
