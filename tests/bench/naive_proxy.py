"""A media proxy as one writes it in an hour with FastAPI and httpx: every file is held in memory as a
whole, in both directions. A peer of the benchmark, and nothing else."""

import os
import urllib.parse
import xml.etree.ElementTree as ElementTree

import httpx
from fastapi import FastAPI, File, Form, HTTPException, Response, UploadFile

DAV = "{DAV:}"
UPSTREAM = os.environ["UPSTREAM_URL"].rstrip("/")

app = FastAPI()
storage = httpx.AsyncClient(
    auth=(os.environ["UPSTREAM_USERNAME"], os.environ["UPSTREAM_PASSWORD"]),
    timeout=60,
    limits=httpx.Limits(max_connections=100, max_keepalive_connections=100),
)


def address(path: str) -> str:
    return f"{UPSTREAM}/{urllib.parse.quote(path.strip('/'))}"


def checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code >= 400:
        raise HTTPException(502 if answer.status_code >= 500 else answer.status_code)
    return answer


@app.get("/api/crm/nextcloud/file")
async def download(path: str):
    answer = checked(await storage.get(address(path)))
    return Response(answer.content, media_type=answer.headers.get("content-type"))


@app.get("/api/crm/nextcloud/browse")
async def browse(path: str = ""):
    folder = address(path).rstrip("/") + "/"
    answer = checked(await storage.request("PROPFIND", folder, headers={"Depth": "1"}))
    entries = []
    for response in ElementTree.fromstring(answer.content).findall(f"{DAV}response")[1:]:
        href = urllib.parse.unquote(response.findtext(f"{DAV}href").rstrip("/"))
        name = href.rpartition("/")[2]
        full = f"{path.strip('/')}/{name}".strip("/")
        entries.append({
            "filename": name,
            "path": full,
            "size": int(response.findtext(f".//{DAV}getcontentlength") or 0),
            "is_dir": response.find(f".//{DAV}collection") is not None,
            "url": f"/api/crm/nextcloud/file?path={urllib.parse.quote(full)}",
        })
    return entries


@app.post("/api/crm/nextcloud/upload", status_code=201)
async def upload(nextcloud_path: str = Form(""), file: UploadFile = File(...)):
    content = await file.read()
    checked(await storage.put(address(f"{nextcloud_path}/{file.filename}"), content=content))
    return {"nextcloud_path": f"{nextcloud_path}/{file.filename}", "size": len(content)}
